import { type Points, total, variantNames } from '../measures/metric-series.ts';
import type { Issue } from '../model/issue.ts';
import type { Monitored } from '../model/monitored.ts';
import { optional } from '../model/optional.ts';
import { count, list, plural, visibleName } from '../model/text.ts';
import { type AddedRuleRun, type Judgement, notJudged } from './rule.ts';

/** What a rule says of one variant; its finding is a sentence that does not name the variant. */
export interface Look extends Judgement {
  readonly issues?: readonly Issue[];
}

/** Findings told; of variants with others the names only. */
const MOST_TOLD = 3;

/** Judges each variant by itself: one with an issue is enough for one, the weightiest leads, and those that could not be judged are named. */
export function judgeVariants(monitored: Monitored, look: (variant: string) => Look): AddedRuleRun {
  const looks = variantNames(monitored).map((variant) => ({ ...look(variant), variant }));
  const issues = looks.flatMap((one) => one.issues ?? []);
  const of = (verdict: Judgement['verdict']) => looks.filter((one) => one.verdict === verdict);
  const [bad, fine, unjudged] = [of('issue').toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0)), of('ok'), of('not judged')];
  const told = bad.length > 0 ? bad : fine.length > 0 ? fine : unjudged;
  const [first] = told;
  if (first === undefined) return { judgement: notJudged('no variant', 'Nothing is known of any variant.'), issues };

  const sentences = [...Map.groupBy(told, ({ finding }) => finding)].slice(0, MOST_TOLD);
  const more = told.filter(({ finding }) => sentences.every(([same]) => same !== finding));
  const finding = [
    ...sentences.map(([finding, of]) => (looks.length > 1 ? `${named(of)}: ${finding}` : finding)),
    ...(more.length > 0 ? [`${told === bad ? 'Issues, too' : told === fine ? 'Fine' : 'Not judged'}: ${named(more)}.`] : []),
    ...(told === bad && fine.length > 0 ? [`Fine: ${named(fine)}.`] : []),
    ...(told !== unjudged && unjudged.length > 0
      ? [`Not judged: ${list(unjudged.map(({ variant, reason }) => `${visibleName(variant)} (${reason})`))}.`]
      : []),
  ].join(' ');
  const { variant, issues: own, action, ...judgement } = first;
  const advice = looks.length > 1 && action ? `Variant ${visibleName(variant)}: ${action}` : action;
  return { judgement: { ...judgement, finding, ...optional('action', advice) }, issues };
}

function named(variants: readonly { readonly variant: string }[]): string {
  return list(variants.map(({ variant }) => visibleName(variant)));
}

/** For a variant that was not invoked, or too seldom for means and shares to tell anything. */
export function tooSeldom(invocations: Points | undefined, least = 1): Judgement | undefined {
  if (invocations === undefined) return notJudged('no traffic', 'CloudWatch has no invocations of it in this time.');
  const times = total(invocations);
  if (times === 0) return notJudged('no traffic', 'It was not invoked in this time.');
  if (times >= least) return undefined;
  return notJudged(
    'too little traffic',
    `It was invoked ${plural(times, 'time')}; the rule needs ${count(least)} before it judges.`,
  );
}
