// What page and worker both load, such as plotly, is one file: without `usedExports` it would be split by what each of them takes from it.
// With that, rspack 2.2 writes `undefined` for constants of other files (test/jupyter/generate.test.ts met it): it is not to inline them.
module.exports = { optimization: { usedExports: 'global', inlineExports: false } };
