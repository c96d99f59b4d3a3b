import { parseChoice } from '../core/target/parseChoice.js';
import type { TargetChoice } from '../core/target/targetChoice.js';
import type { Session } from './session.js';

/** A task that can't be run as it is written; the message is for its terminal. */
class TaskProblem extends Error {}

export function taskProblem(message: string): Error {
  return new TaskProblem(message);
}

export function isTaskProblem(error: unknown): error is Error {
  return error instanceof TaskProblem;
}

/** The target that a task names, in any spelling, or the active one. */
export function targetOfTask(session: Session, spelling: string | undefined): TargetChoice {
  if (spelling === undefined) {
    const active = session.active;
    if (active === undefined) {
      throw taskProblem('No target: choose one in the status bar, or give the task a "target".');
    }
    return active;
  }
  const parsed = parseChoice(spelling, session.state.catalogue);
  if (parsed.kind === 'refused') {
    throw taskProblem(parsed.message);
  }
  return parsed.choice;
}
