#!/usr/bin/env node
import { EXIT } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import { run } from './run.ts';

// A reader that has seen enough (`| head`) closes the pipe: nothing to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.fine : EXIT.bug));
}
// Without a listener these end the process on the spot, and half-written files stay; `exit` listeners remove them.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
// A limit on file sizes becomes an error of the write, told in one line, in place of a core dump.
if (process.platform !== 'win32') process.on('SIGXFSZ', () => {});
process.on('uncaughtException', (error) => process.exit(reportFailure(error, process)));

process.exitCode = await run(process.argv.slice(2), process);
