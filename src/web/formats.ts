import { remainingWords, type WorkCalendar } from '../domain/calendar.js';
import { formatArea } from '../domain/area.js';
import { grouped } from '../domain/decimal-text.js';
import { localDay, localTime, weekdayOf } from '../domain/local-day.js';
import { formatMoney } from '../domain/money.js';
import type { Language } from '../domain/text.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = { zh: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };

/** How dates and numbers read in one language. Days are those of Asia/Shanghai. */
export class Formats {
  constructor(
    readonly language: Language,
    readonly now: Date,
  ) {}

  /** 9月25日 within the year of `now`, 2026年9月25日 beyond it. */
  day(at: Date | string): string {
    const text = typeof at === 'string' ? at : localDay(at);
    const [year, month, day] = text.split('-').map(Number) as [number, number, number];
    const thisYear = localDay(this.now).startsWith(`${year}-`);
    if (this.language === 'en') return thisYear ? `${day} ${MONTHS[month - 1]}` : `${day} ${MONTHS[month - 1]} ${year}`;
    return thisYear ? `${month}月${day}日` : `${year}年${month}月${day}日`;
  }

  /** 2026年9月25日 星期五 */
  longDay(at: Date): string {
    const day = localDay(at);
    const [year, month, date] = day.split('-').map(Number) as [number, number, number];
    const weekday = WEEKDAYS[this.language][weekdayOf(day)]!;
    return this.language === 'en' ? `${weekday}, ${date} ${MONTHS[month - 1]} ${year}` : `${year}年${month}月${date}日 ${weekday}`;
  }

  /** 9月18—28日, 8月26日—9月14日; 18–28 Sep, 26 Aug – 14 Sep. What both days have in common is written once. */
  days(from: Date | string, to: Date | string): string {
    const [first, last] = [this.day(from), this.day(to)];
    if (first === last) return first;
    if (this.language === 'en') {
      const month = first.slice(first.indexOf(' '));
      return last.slice(last.indexOf(' ')) === month ? `${first.slice(0, -month.length)}–${last}` : `${first} – ${last}`;
    }
    const month = first.slice(0, first.indexOf('月') + 1);
    return last.startsWith(month) ? `${first.slice(0, -1)}—${last.slice(month.length)}` : `${first}—${last}`;
  }

  /** 9-25, 25 Sep: for the narrow cells of a matrix. */
  shortDay(at: Date): string {
    const [, month, day] = localDay(at).split('-').map(Number) as [number, number, number];
    return this.language === 'en' ? `${day} ${MONTHS[month - 1]}` : `${month}-${String(day).padStart(2, '0')}`;
  }

  /** 9月, Sep: the month by itself, 1 to 12. */
  month(number: number): string {
    return this.language === 'en' ? MONTHS[number - 1]! : `${number}月`;
  }

  /** 10:20 */
  time(at: Date): string {
    return localTime(at).slice(0, 5);
  }

  /** 9月25日 10:20; 25 Sep, 10:20 */
  instant(at: Date): string {
    return `${this.day(at)}${this.language === 'en' ? ',' : ''} ${this.time(at)}`;
  }

  /** 三、; 3. : before the name of a section. */
  ordinal(number: number): string {
    return this.language === 'zh' && number <= 10 ? `${'一二三四五六七八九十'[number - 1]}、` : `${number}. `;
  }

  /** A day as a day, an instant (ISO) with its time. */
  moment(at: string): string {
    return /^\d{4}-\d{2}-\d{2}$/.test(at) ? this.day(at) : this.instant(new Date(at));
  }

  number(value: number): string {
    return grouped(value);
  }

  /** 20 万, 200,000: a round number of people as it is spoken of. */
  people(count: number): string {
    return this.language === 'zh' && count % 10_000 === 0 ? `${count / 10_000} 万` : grouped(count);
  }

  /** An area of 0.01 m² units, without its unit. */
  area(value: number): string {
    return formatArea(value);
  }

  /** 分 as 万元 with two decimals, without the unit. */
  money(value: number): string {
    return formatMoney(value);
  }

  /** 2.4 MB */
  size(bytes: number): string {
    if (bytes < 1000) return `${bytes} B`;
    const [scale, unit] = bytes < 1_000_000 ? [1000, 'KB'] : [1_000_000, 'MB'];
    return `${(bytes / scale).toFixed(bytes < 1_000_000 ? 0 : 1)} ${unit}`;
  }

  /** 余2天, 今天, 逾期1天 in working days, for the narrow cells of a matrix. */
  dueBriefly(dueAt: Date, calendar: WorkCalendar): { words: string; kind: 'left' | 'today' | 'overdue' } {
    const { kind, days } = calendar.remaining(this.now, dueAt);
    const words = this.language === 'zh' ? { left: `余${days}天`, today: '今天', overdue: `逾期${days}天` } : { left: `${days} d left`, today: 'today', overdue: `${days} d late` };
    return { words: words[kind], kind };
  }

  /** How a term stands: words of remaining working days, its last day, and whether it needs attention. */
  due(dueAt: Date, calendar: WorkCalendar): { words: string; day: string; tone: '' | 'c-red' | 'c-amber'; kind: 'left' | 'today' | 'overdue' } {
    const remaining = calendar.remaining(this.now, dueAt);
    const lastDay = new Date(dueAt.getTime() - 1);
    const tone = remaining.kind === 'overdue' ? 'c-red' : remaining.kind === 'today' ? 'c-amber' : '';
    return { words: remainingWords(remaining)[this.language], day: this.day(lastDay), tone, kind: remaining.kind };
  }
}
