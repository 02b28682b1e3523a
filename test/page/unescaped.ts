/** The page's own content security policy. */
export const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/;

/** The page as it would be without any escaping: entities and JSON escapes taken back, and the policy gone. */
export function unescaped(text: string): string {
  const entities: Record<string, string> = {
    lt: '<',
    gt: '>',
    quot: '"',
    '#x27': "'",
    '#39': "'",
    '#x60': '`',
    '#x3D': '=',
    amp: '&',
  };
  return text
    .replace(policy, '')
    .replace(/&(lt|gt|quot|#x27|#39|#x60|#x3D|amp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\\u003c/g, '<')
    .replace(/\\"/g, '"');
}
