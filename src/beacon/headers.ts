/** What browsers add to a request by themselves; Global Privacy Control is not among them, since nothing is sent under it. */
export const BROWSER_HEADERS =
  'Accept, Accept-Encoding, Accept-Language, Cache-Control, Connection, DNT, Host, Pragma, Priority, Sec-CH-UA, Sec-CH-UA-Mobile, ' +
  'Sec-CH-UA-Platform, Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site, Sec-Fetch-Storage-Access, TE, User-Agent';

/** All that the code of a notebook sends, as it prints it itself. */
export const NOTEBOOK_HEADERS = 'Host, User-Agent: profiler-report, Accept-Encoding: identity, Connection: close';
