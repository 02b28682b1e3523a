// What page and worker both load, such as plotly, is one file: without this it would be split by what each of them takes from it.
module.exports = { optimization: { usedExports: 'global' } };
