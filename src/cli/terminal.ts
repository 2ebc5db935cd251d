/** What a command may touch of the world: two streams, whether people watch them, and the environment. */
export interface Terminal {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Stream {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return { stdout: streamOf(process.stdout), stderr: streamOf(process.stderr), env: process.env };
}

function streamOf(stream: NodeJS.WriteStream): Stream {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    columns: stream.columns ?? 80,
  };
}

export type Style = "bold" | "dim" | "red" | "yellow" | "green";

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/** Colours text for a stream: only where people watch it and NO_COLOR is not set (https://no-color.org). */
export function painter(stream: Stream, env: Terminal["env"]): (style: Style, text: string) => string {
  const on = stream.isTTY && !env.NO_COLOR && env.TERM !== "dumb";
  return (style, text) => (on ? `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m` : text);
}
