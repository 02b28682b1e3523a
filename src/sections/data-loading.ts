import { drawableHistogram } from '../measures/histogram.ts';
import { duration, number } from '../model/text.ts';
import { dataLoaderBlocks } from './data-loader.ts';
import { chart, factsBlock, info, type SectionMaker, text } from './section.ts';

/** Settings of the data loader and how long loading took. */
export const dataLoading: SectionMaker = ({ reports, mayHaveGpus, analysis }, context) => {
  const details = reports.Dataloader?.details;
  const section = { id: 'data-loading', title: 'Data loading', rule: 'Dataloader' } as const;
  const measured = analysis ? dataLoaderBlocks(analysis, context) : [];
  if (details === undefined || reports.Dataloader?.datapoints === 0) return { ...section, blocks: measured };
  const { pin_memory: pinned, num_workers: workers, prefetch, cores, dataloaders, dataloading_time: time } = details;
  const fact = (label: string, value: number | boolean | undefined) => {
    if (value === undefined) return [];
    return [{ label, value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : number(value) }];
  };
  const quantiles = (['p25', 'p50', 'p95'] as const).flatMap((label) => {
    const value = time?.[label];
    return value === undefined ? [] : [{ label, value }];
  });
  const { probs, binedges } = time ?? {};
  return {
    ...section,
    blocks: [
      factsBlock([
        ...fact('Worker processes', workers),
        ...fact('Loaders seen at a time', dataloaders),
        ...fact('CPU cores', cores),
        ...fact('Pinned memory', pinned),
        ...fact('Prefetching', prefetch),
      ]),
      ...(workers === 0 ? [text('Data is loaded in the training process itself: each batch makes the step wait.')] : []),
      ...(pinned === false && mayHaveGpus
        ? [text('Pinned memory is off: copies to the GPU are slower than they need to be and cannot overlap with computation.')]
        : []),
      ...(prefetch === false ? [text('Prefetching is off: the next batch is prepared only when it is asked for.')] : []),
      ...(probs && binedges
        ? [
            chart({
              kind: 'histogram',
              id: 'data-loading-times',
              title: 'Time to load',
              alt: `Data loading took ${quantiles.map(({ label, value }) => `${label} ${duration(value)}`).join(', ')}.`,
              valueTitle: 'Loading time',
              unit: 's',
              countTitle: 'Events',
              series: [{ label: 'Loading', ...drawableHistogram(binedges, probs) }],
              marks: quantiles,
            }),
            ...(analysis?.mode === 'fixed'
              ? []
              : [info('With worker processes the service mixes the lifetime of workers with the time to fetch a batch.')]),
          ]
        : []),
      ...measured,
    ],
  };
};
