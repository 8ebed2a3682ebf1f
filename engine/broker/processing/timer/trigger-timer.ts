import { NO_KEY } from '../../../protocol/key.ts';
import { startInstance } from '../../behaviors/shared/start-instance.ts';
import { evaluateTimer, startTimer } from '../../behaviors/shared/timers.ts';
import { canTrigger, triggerEvent } from '../../behaviors/shared/trigger-event.ts';
import { elementOf } from '../../model/executable-process.ts';
import { modelOf, processByKey } from '../../state/deployment.ts';
import { findInstance } from '../../state/process-instance.ts';
import { isHeld, standsStill } from '../../state/suspension.ts';
import { timers, type TimerRow } from '../../state/tables.ts';
import { timerCreated, timerTriggered } from '../../state/timer.ts';
import { accept, type CommandHandler, type CommandProcessing } from '../command-handler.ts';

/** A timer is due: its event happens, and a cycle waits for its next time. */
export const triggerTimer: CommandHandler<'trigger_timer'> = (processing, { timerKey }) => {
  const timer = processing.state.rows.get(timers, timerKey);
  if (timer === undefined || timer.suspended === true || timer.dueDate > processing.state.now) return accept({});
  if (standsStill(processing.state, timer.processInstanceKey)) return accept({});
  if (timer.processInstanceKey === NO_KEY) startByTimer(processing, timer);
  else triggerWaiting(processing, timer);
  return accept({});
};

function startByTimer(processing: CommandProcessing, timer: TimerRow): void {
  const { state } = processing;
  timerTriggered(state, timer);
  const process = processByKey(state, timer.processDefinitionKey);
  if (process === undefined) return;
  if (!isHeld(state, 'process_definition', process.key)) startInstance(processing, process, { variables: {}, start: { elementId: timer.targetElementId, kind: 'TIMER', variables: {} } });
  const { timer: definition } = elementOf(modelOf(state, process.key), timer.targetElementId);
  if (definition?.kind !== 'cycle' || isLast(timer)) return;
  const next = startTimer(definition, state);
  if (typeof next !== 'string') timerCreated(state, { ...timer, dueDate: next.dueDate, repetitions: left(timer) });
}

function triggerWaiting(processing: CommandProcessing, timer: TimerRow): void {
  const { state } = processing;
  const scope = findInstance(state, timer.elementInstanceKey);
  timerTriggered(state, timer);
  if (scope === undefined) return;
  const event = elementOf(modelOf(state, scope.processDefinitionKey), timer.targetElementId);
  if (!canTrigger(processing, scope, event)) return;
  triggerEvent(processing, scope, event, { elementId: event.id, kind: 'TIMER', variables: {} });
  if (event.timer?.kind !== 'cycle' || isLast(timer)) return;
  const from = event.type === 'BOUNDARY_EVENT' ? (findInstance(state, scope.flowScopeKey) ?? scope) : scope;
  timerCreated(state, { ...timer, dueDate: evaluateTimer(state, event.timer, from).dueDate, repetitions: left(timer) });
}

const isLast = (timer: TimerRow): boolean => timer.repetitions === 0 || timer.repetitions === 1;

const left = (timer: TimerRow): number => (timer.repetitions < 0 ? -1 : timer.repetitions - 1);
