/** `npm start -- --sample`: months of an institution's life, played through the product itself. */
export { readSampleOrder, type SampleOrder } from './arguments.ts';
export { playSample, type PlayOptions, type PlayResult } from './play.ts';
