import type { BilingualText } from '../../contract/api.ts';
import type { FormComponent } from '../../contract/forms/index.ts';

/** Words in both languages. */
export const text = (zh: string, en: string): BilingualText => ({ zh, en });

/** A box the customer must tick. */
export const agree = (label: BilingualText): FormComponent => ({ type: 'checkbox', id: 'Public_confirmed', key: 'confirmed', label: label.zh, properties: { labelEn: label.en }, validate: { required: true } });
