/** Last second of the year 9999. */
const LAST_SECOND = 253402300799;

/** Whether both ends are moments of the years 1970 to 9999; other seconds are drawn as plain numbers. */
export function isDate([low, high]: readonly [number, number]): boolean {
  return low >= 0 && high <= LAST_SECOND;
}

/** `2022-04-02 06:40:00.000`, UTC, of seconds that pass `isDate`. */
export function dateText(epochSeconds: number): string {
  return new Date(Math.floor(epochSeconds * 1000)).toISOString().slice(0, 23).replace('T', ' ');
}
