/** What became of the request of this opening. Its answer cannot be read, so that `answered` says nothing of whether it was counted. */
export interface Sent {
  readonly url: string;
  readonly at: Date;
  readonly outcome: 'waiting' | 'answered' | 'failed';
}

/** The one request of an opening: the first `send` makes it, no other does. `changed` is called when it goes out and when it ends. */
export function oneRequest(url: string, changed: () => void) {
  let sent: Sent | undefined;
  return {
    sent: () => sent,
    send(): void {
      if (sent) return;
      const at = new Date();
      const became = (outcome: Sent['outcome']) => {
        sent = { url, at, outcome };
        changed();
      };
      became('waiting');
      fetch(url, {
        method: 'GET',
        mode: 'no-cors',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        keepalive: true,
      }).then(
        () => became('answered'),
        () => became('failed'),
      );
    },
  };
}
