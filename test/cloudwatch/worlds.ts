/** Made-up worlds to ask about, each the same at every run; they begin at START unless told. */
export { PROCESSING, processingWorld, TRANSFORM, transformWorld } from './worlds/jobs.ts';
export { LONG, longWorld } from './worlds/long.ts';
export { MULTI_MODEL, multiModelWorld } from './worlds/multi-model.ts';
export { BAD_MINUTES, PIPELINE, pipelineWorld } from './worlds/pipeline.ts';
export { PASSWORD } from './worlds/pipeline-logs.ts';
export { TRAINING, trainingWorld } from './worlds/training.ts';
