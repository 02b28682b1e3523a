/** A script or a style, bundled, as text: see scripts/build-extension.ts. */
declare module '*?text' {
  const text: string;
  export default text;
}
