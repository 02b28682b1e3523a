import type { Contents } from '@jupyterlab/services';

/** A file as it is, through any drive of the lab. Rejects as the drive does where it cannot be read. */
export async function readBytes(contents: Contents.IManager, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { content, format } = await contents.get(path, { type: 'file', format: 'base64', content: true });
  if (typeof content !== 'string') return encode(JSON.stringify(content)); // a browser's own drive keeps JSON as a value
  return format === 'base64' ? fromBase64(content) : encode(content);
}

/** Writes a file of text, UTF-8, as it is: a notebook too is a file here, or the server would write it anew in its own form. */
export async function writeText(contents: Contents.IManager, path: string, text: string): Promise<void> {
  await contents.save(path, { type: 'file', format: 'text', content: text });
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Browsers of 2025 and later decode by themselves, some twenty times faster. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native) return native.call(Uint8Array, text);
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
