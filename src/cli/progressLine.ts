import type { Progress } from "../study/compute.js";
import type { Stream } from "./terminal.js";

/** Milliseconds between two drawings. */
const REDRAW = 200;

/**
 * One line on a terminal that says how far a study is and when it ends; nothing where nobody watches (a pipe, a log file).
 * The time left is judged from the work of this run alone: what a resumed run found done took no time.
 */
export class ProgressLine {
  private begun: { time: number; work: number } | null = null;
  private drawn = Number.NEGATIVE_INFINITY;
  private visible = false;

  constructor(
    private readonly label: string,
    private readonly stream: Stream,
    private readonly now: () => number = () => performance.now(),
  ) {}

  update(progress: Progress): void {
    if (!this.stream.isTTY) return;
    const time = this.now();
    this.begun ??= { time, work: progress.work };
    if (time - this.drawn < REDRAW) return;
    this.drawn = time;
    this.visible = true;
    const text = this.text(progress, time).slice(0, this.stream.columns - 1);
    this.stream.write(`\r\u001b[K${text}`);
  }

  /** Takes the line away, so that what follows starts on a clean one. */
  clear(): void {
    if (this.visible) this.stream.write("\r\u001b[K");
    this.visible = false;
  }

  private text({ done, total, work }: Progress, time: number): string {
    const begun = this.begun!;
    const left = ((time - begun.time) * (1 - work)) / (work - begun.work);
    const eta = left < Infinity ? `, about ${duration(left / 1000)} left` : "";
    return `${this.label}: ${done} of ${total} replications, ${Math.floor(100 * work)} %${eta}`;
  }
}

/** Seconds as people say them: "8 s", "3 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.ceil(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
