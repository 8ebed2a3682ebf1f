import type { IncidentErrorType } from '../../../protocol/records.ts';

/** An element cannot go on until somebody mends something: becomes an incident, caught in one place (`lifecycle.ts`). */
export class ElementFailure {
  readonly errorType: IncidentErrorType;
  readonly message: string;
  constructor(errorType: IncidentErrorType, message: string) {
    this.errorType = errorType;
    this.message = message;
  }
}
