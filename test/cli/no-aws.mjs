/** Loaded before a command by `--import`: whatever loads a client of AWS ends with an error. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (/^@(aws-sdk|smithy)\//.test(specifier)) throw new Error(`${specifier} was loaded`);
    return next(specifier, context);
  },
});
