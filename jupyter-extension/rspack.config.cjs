// esbuild has left out what is not used. Were rspack to do so again, it would split what page and worker both load, such as plotly, by what
// each of them takes from it; and with `usedExports: 'global'` rspack 2.2 writes `(void 0)(...)` where the worker calls other files.
module.exports = { optimization: { usedExports: false } };
