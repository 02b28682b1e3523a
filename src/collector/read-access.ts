import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { bearerAuth } from 'hono/bearer-auth';
import { some } from 'hono/combine';
import { timingSafeEqual } from 'hono/utils/buffer';
import { UsageError } from '../model/errors.ts';

/** What an Authorization header can carry as it is, and long enough not to be guessed. */
const TOKEN = /^[A-Za-z0-9._~+/-]{16,}=*$/;

export function newReadToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The token as it is; throws a UsageError, without the token, where it cannot be sent or could be guessed. `named` tells where it was given. */
export function checkReadToken(token: string, named: string): string {
  if (TOKEN.test(token)) return token;
  throw new UsageError(`${named} is no token: use at least 16 letters, digits and . _ ~ + / -, and no spaces.`);
}

/** Lets pass whoever has the token: a program as `Authorization: Bearer`, a person as the password the browser asks for, under any name. */
export function readAccess(token: string): MiddlewareHandler {
  return some(
    bearerAuth({ token }),
    basicAuth({
      realm: 'usage statistics',
      verifyUser: (_, password) => timingSafeEqual(token, password),
      invalidUserMessage: 'Only with the read token: as Authorization: Bearer <token>, or as the password.\n',
    }),
  );
}
