import { BROWSER_HEADERS } from '../../beacon/headers.ts';
import { reportOpened, requestUrl } from '../../beacon/payload.ts';
import * as script from '../../generated/usage.ts';
import type { Usage } from '../../model/usage.ts';
import { render } from './render.ts';

/** What the policy allows beyond a silent page: the one script that asks, and requests to the one endpoint. */
export function usagePolicy(usage: Usage): { readonly scripts: readonly string[]; readonly directives: readonly string[] } {
  if (usage.kind === 'silent') return { scripts: [], directives: [] };
  return { scripts: [`'${script.hash}'`], directives: [`connect-src ${usage.endpoint}`] };
}

/**
 * Everything of the page that has to do with usage statistics, and nothing else of it: it stands between `<!--usage-statistics-->` and
 * `<!--/usage-statistics-->`, so that it can be taken out of a written file.
 */
export function usageHtml(usage: Usage, toolVersion: string): string {
  if (usage.kind === 'silent') return render('usage-silent', { reason: usage.reason });
  const { endpoint, arn, hashed } = usage;
  const url = requestUrl(endpoint, reportOpened(toolVersion, arn));
  const { protocol, host, pathname } = new URL(endpoint);
  return render('usage-asking', { protocol, host, pathname, hashed, url, headers: BROWSER_HEADERS, script: script.text });
}
