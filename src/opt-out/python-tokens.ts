/** A word or mark of Python code; comments, white space and line ends are none. */
export interface Token {
  readonly kind: 'name' | 'string' | 'mark';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Python ends a line with a carriage return, too. */
const COMMENT = /#[^\r\n]*/;
/** A text in three quotes may be left open; other quotes without a partner in their line are marks, as in `!echo it's`. */
const STRING =
  /[BFRUbfru]{0,2}(?:"""(?:\\.|[^\\])*?(?:"""|$)|'''(?:\\.|[^\\])*?(?:'''|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/s;
const NAME = /[A-Za-z_\x80-\uffff][\w\x80-\uffff]*/;
const MARK = /\d\w*|[^\s\\]/;
const TOKEN = new RegExp(`${COMMENT.source}|(${STRING.source})|(${NAME.source})|(${MARK.source})`, 'gs');

/** Python code in its parts, good enough to find a call and its arguments; what is no Python (magics of notebooks) becomes marks. */
export function pythonTokens(code: string): Token[] {
  return [...code.matchAll(TOKEN)].flatMap(({ 0: text, 1: string, 2: name, 3: mark, index }) => {
    if (string === undefined && name === undefined && mark === undefined) return [];
    const kind = string !== undefined ? 'string' : name !== undefined ? 'name' : 'mark';
    return [{ kind, text, start: index, end: index + text.length }];
  });
}
