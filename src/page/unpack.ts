/** What stands in the page compressed and as base64. Rejects where the browser cannot unpack it. */
export async function unpack(packed: string, format: CompressionFormat): Promise<Response> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)));
}
