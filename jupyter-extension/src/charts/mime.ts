/** What plotly's figures stand under in an output. */
export const PLOTLY_MIME = 'application/vnd.plotly.v1+json';
