declare global {
  interface Navigator {
    /** https://w3c.github.io/gpc/ */
    readonly globalPrivacyControl?: boolean;
  }
}

/** True where the browser asks, for whoever sits before it, that nothing be told about them. */
export function asksForPrivacy({ globalPrivacyControl }: Navigator): boolean {
  return globalPrivacyControl === true;
}
