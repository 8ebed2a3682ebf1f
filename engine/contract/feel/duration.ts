/** Years and months, as a count of months. */
export class FeelYearsDuration {
  readonly months: number;

  constructor(months: number) {
    this.months = months;
  }

  /** Java's text, as Zeebe writes variables: `P1Y2M`, `P-1Y-2M`, `P0D`. */
  toJava(): string {
    const years = Math.trunc(this.months / 12);
    const months = this.months % 12;
    if (this.months === 0) return 'P0D';
    return `P${years === 0 ? '' : `${years}Y`}${months === 0 ? '' : `${months}M`}`;
  }

  /** FEEL's text: `P1Y2M`, `-P1Y2M`, `P0Y`. */
  toString(): string {
    if (this.months === 0) return 'P0Y';
    return this.months < 0 ? `-${new FeelYearsDuration(-this.months).toJava()}` : this.toJava();
  }
}

/** Days and time. `seconds` and `nanos` have the same sign. */
export class FeelDaysDuration {
  readonly seconds: number;
  readonly nanos: number;

  constructor(seconds: number, nanos = 0) {
    const carry = Math.trunc(nanos / 1e9);
    let whole = seconds + carry;
    let rest = nanos - carry * 1e9;
    if (whole > 0 && rest < 0) {
      whole -= 1;
      rest += 1e9;
    } else if (whole < 0 && rest > 0) {
      whole += 1;
      rest -= 1e9;
    }
    this.seconds = whole + 0;
    this.nanos = rest + 0;
  }

  static ofMillis(millis: number): FeelDaysDuration {
    const seconds = Math.trunc(millis / 1000);
    return new FeelDaysDuration(seconds, (millis - seconds * 1000) * 1e6);
  }

  /** Whole milliseconds, towards zero. */
  toMillis(): number {
    return this.seconds * 1000 + Math.trunc(this.nanos / 1e6);
  }

  plus(other: FeelDaysDuration): FeelDaysDuration {
    return new FeelDaysDuration(this.seconds + other.seconds, this.nanos + other.nanos);
  }

  negated(): FeelDaysDuration {
    return new FeelDaysDuration(0 - this.seconds, 0 - this.nanos);
  }

  compareTo(other: FeelDaysDuration): number {
    return this.seconds - other.seconds || this.nanos - other.nanos;
  }

  /** Java's text, as Zeebe writes variables: hours, never days (`PT26H`, `PT-0.5S`, `PT0S`). */
  toJava(): string {
    const hours = Math.trunc(this.seconds / 3600);
    const minutes = Math.trunc((this.seconds % 3600) / 60);
    const seconds = this.seconds % 60;
    let text = 'PT';
    if (hours !== 0) text += `${hours}H`;
    if (minutes !== 0) text += `${minutes}M`;
    if (seconds !== 0 || this.nanos !== 0) {
      const minus = seconds < 0 || this.nanos < 0 ? '-' : '';
      const fraction = this.nanos === 0 ? '' : `.${String(Math.abs(this.nanos)).padStart(9, '0').replace(/0+$/, '')}`;
      text += `${minus}${Math.abs(seconds)}${fraction}S`;
    }
    return text === 'PT' ? 'PT0S' : text;
  }

  /** FEEL's text: days, no fraction of a second (`P1DT2H`, `-PT30M`, `P0D`). */
  toString(): string {
    const total = Math.abs(this.seconds);
    if (total === 0) return 'P0D';
    const days = Math.floor(total / 86_400);
    const hours = Math.floor(total / 3600) % 24;
    const minutes = Math.floor(total / 60) % 60;
    const seconds = total % 60;
    const time = `${hours === 0 ? '' : `${hours}H`}${minutes === 0 ? '' : `${minutes}M`}${seconds === 0 ? '' : `${seconds}S`}`;
    return `${this.seconds < 0 ? '-' : ''}P${days === 0 ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`;
  }
}

/** Reads `P1Y2M`, `P1DT2H`, `-PT30M`; null when the text is no duration of one of the two kinds. */
export function parseDuration(text: string): FeelYearsDuration | FeelDaysDuration | null {
  const months = /^(-?)P(?:(-?\d{1,9})Y)?(?:(-?\d{1,9})M)?$/.exec(text);
  if (months !== null && (months[2] !== undefined || months[3] !== undefined)) {
    const total = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return new FeelYearsDuration(months[1] === '-' ? 0 - total : total);
  }
  const days = /^([-+]?)P(?:(-?\d{1,12})D)?(T(?:(-?\d{1,12})H)?(?:(-?\d{1,12})M)?(?:(-?)(\d{1,12})(?:\.(\d{1,9}))?S)?)?$/i.exec(text);
  if (days === null || /[PT]$/i.test(text)) return null;
  const secondSign = days[6] === '-' ? -1 : 1;
  const seconds = Number(days[2] ?? 0) * 86_400 + Number(days[4] ?? 0) * 3600 + Number(days[5] ?? 0) * 60 + secondSign * Number(days[7] ?? 0);
  const total = new FeelDaysDuration(seconds, secondSign * Number((days[8] ?? '').padEnd(9, '0')));
  return days[1] === '-' ? total.negated() : total;
}
