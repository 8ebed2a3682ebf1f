import { stageNames } from '../notifications/shipped-templates.ts';

/** What readers know a stage by, as a label; its id when nobody has named it. */
export function stageWords(stage: string): { stageName: string; stageNameEn: string } {
  const names = stageNames[stage];
  return names === undefined ? { stageName: stage, stageNameEn: stage } : { stageName: names.zh, stageNameEn: names.en.charAt(0).toUpperCase() + names.en.slice(1) };
}
