/** Serves a world of the tests until it is ended: `node monitor-server.ts pipeline|long <start> <end>`; prints where, and the endpoint's name. */
import { startCloudWatchServer } from '../test/cloudwatch/server.ts';
import { LONG, longWorld, PIPELINE, pipelineWorld } from '../test/cloudwatch/worlds.ts';

const [, , which, start, end] = process.argv;
const [startSeconds, endSeconds] = [Number(start), Number(end)];
const isLong = which === 'long';
const made = isLong ? longWorld({ endSeconds }) : pipelineWorld({ startSeconds, minutes: (endSeconds - startSeconds) / 60 });
const { endpoint } = await startCloudWatchServer({ ...made, nowSeconds: Date.now() / 1000 });
process.stdout.write(JSON.stringify({ endpoint, name: isLong ? LONG : PIPELINE }));
