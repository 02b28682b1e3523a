/** What TypeScript needs of setup.mjs, which runs before TypeScript is there. */
export function installPython(venv?: string, requirements?: string): string;
