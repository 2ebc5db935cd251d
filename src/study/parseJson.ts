import { AdvTransferError } from "../core/errors.js";

/** Deeper than any study; a limit keeps a hostile file from exhausting the stack. */
const MAX_DEPTH = 100;

/**
 * Parses JSON strictly and says where it is wrong: `source:line:column`. Unlike JSON.parse it refuses an object that has a
 * key twice, because one of the two values would silently be ignored.
 *
 * Throws an AdvTransferError (`bad-input`). Cost: one pass.
 *
 * @example parseJson('{ "a": [1, 2] }', "study.json") // { a: [1, 2] }
 */
export function parseJson(text: string, source: string): unknown {
  const reader = new Reader(text.startsWith("\uFEFF") ? text.slice(1) : text, source);
  const value = reader.value(0);
  reader.space();
  if (!reader.atEnd()) throw reader.error("the end of the file", "A file holds one JSON value.");
  return value;
}

class Reader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly source: string,
  ) {}

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  space(): void {
    while (!this.atEnd() && " \t\n\r".includes(this.text[this.at]!)) this.at++;
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw this.error(`at most ${MAX_DEPTH} levels of lists and objects`);
    this.space();
    const char = this.text[this.at];
    if (char === "{") return this.object(depth);
    if (char === "[") return this.list(depth);
    if (char === '"') return this.string();
    return this.scalar();
  }

  private object(depth: number): unknown {
    const entries = new Map<string, unknown>();
    this.at++;
    this.space();
    if (this.text[this.at] === "}") {
      this.at++;
      return {};
    }
    do {
      this.space();
      const start = this.at;
      if (this.text[this.at] !== '"') throw this.error("a key in double quotes", this.keyHint());
      const key = this.string();
      if (entries.has(key)) {
        this.at = start;
        throw this.error(`a key that this object does not have yet (${JSON.stringify(key)} is here twice)`);
      }
      this.space();
      if (this.text[this.at] !== ":") throw this.error(`a colon after the key ${JSON.stringify(key)}`);
      this.at++;
      entries.set(key, this.value(depth + 1));
    } while (this.another("}"));
    return Object.fromEntries(entries);
  }

  private list(depth: number): unknown[] {
    const items: unknown[] = [];
    this.at++;
    this.space();
    if (this.text[this.at] === "]") {
      this.at++;
      return items;
    }
    do items.push(this.value(depth + 1));
    while (this.another("]"));
    return items;
  }

  /** After a value inside brackets: true past a comma, false past the closing bracket. */
  private another(closing: string): boolean {
    this.space();
    const char = this.text[this.at];
    if (char !== "," && char !== closing) throw this.error(`a comma or ${closing}`);
    this.at++;
    return char === ",";
  }

  private string(): string {
    const match = /"(?:[^"\\]|\\.)*"/sy;
    match.lastIndex = this.at;
    const found = match.exec(this.text)?.[0];
    try {
      const value = JSON.parse(found ?? "") as string;
      this.at = match.lastIndex;
      return value;
    } catch {
      throw this.error("a text that is closed on the same line, with valid escapes");
    }
  }

  private scalar(): unknown {
    const match = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    const after = found === null ? "" : (this.text[match.lastIndex] ?? "");
    if (found === null || /[\w.+-]/.test(after)) throw this.error("a JSON value", this.valueHint());
    this.at = match.lastIndex;
    return JSON.parse(found[0]);
  }

  error(expected: string, hint?: string): AdvTransferError {
    const before = this.text.slice(0, this.at).split("\n");
    const place = `${this.source}:${before.length}:${before[before.length - 1]!.length + 1}`;
    const word = /^[\w.+-]{1,30}|^./u.exec(this.text.slice(this.at, this.at + 40))?.[0];
    const received = this.atEnd() ? "the end of the file" : JSON.stringify(word ?? this.text[this.at]);
    const message = `${place}: invalid JSON, expected ${expected}, received ${received}`;
    return new AdvTransferError("bad-input", message, hint === undefined ? {} : { hint });
  }

  private keyHint(): string {
    if (this.text[this.at] === "}") return "Remove the comma before the closing brace.";
    if (this.text[this.at] === "/") return "JSON has no comments; the field question takes prose.";
    return "JSON keys have double quotes.";
  }

  private valueHint(): string {
    const rest = this.text.slice(this.at);
    if (/^[-+]?(inf|nan)/i.test(rest))
      return 'JSON has no NaN or Infinity; an l_inf attack has "norm": "inf".';
    if (/^[\]}]/.test(rest)) return "Remove the comma before the closing bracket, or write the value.";
    if (/^['\u2018\u201c]/.test(rest)) return "JSON texts have straight double quotes.";
    if (/^\//.test(rest)) return "JSON has no comments; the field question takes prose.";
    return "A JSON value is an object, a list, a text in double quotes, a number such as 0.5, true, false or null.";
  }
}
