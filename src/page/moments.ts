/** Adds the viewer's own time below each moment in UTC, unless the two are the same. */
export function localTimes(document: Document): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-moment]')) {
    const moment = new Date(element.dataset.moment ?? '');
    if (Number.isNaN(moment.getTime()) || moment.getTimezoneOffset() === 0) continue;
    element.textContent = `${localText(moment)} your time`;
  }
}

/** `2022-04-02 08:13:11 GMT+2`. */
function localText(moment: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return `${day} ${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}`;
}
