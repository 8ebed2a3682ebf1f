/** What the people of the play write into the forms, by id of the form. */
import { complaintAnswers } from './complaint.ts';
import type { Answer } from './context.ts';
import { controlAnswers } from './control.ts';
import { customerAnswers } from './customer.ts';
import { qualityAnswers } from './quality.ts';
import { securityAnswers } from './security.ts';
import { serviceAnswers } from './service.ts';

export const answers: Readonly<Record<string, Answer>> = { ...complaintAnswers, ...serviceAnswers, ...customerAnswers, ...controlAnswers, ...securityAnswers, ...qualityAnswers };
