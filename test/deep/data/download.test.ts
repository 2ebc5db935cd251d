import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  type Downloaded,
  type DownloadOptions,
  download,
  sha256Of,
} from "../../../src/deep/data/download.js";

const CONTENT = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251));
const FILE = { name: "file.gz", bytes: CONTENT.length, sha256: sha256Of(CONTENT) };

/** What the real `fetch` makes of a server on this machine. */
async function from(listener: RequestListener, options: DownloadOptions = {}): Promise<Downloaded> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return download(`http://127.0.0.1:${port}/${FILE.name}`, FILE, options);
}

const failureOf = (result: Downloaded): string => ("failure" in result ? result.failure : "none");

test("a file comes whole over a real connection, redirects followed", async () => {
  const received: number[] = [];
  const result = await from(
    (request, response) => {
      if (request.url === "/file.gz") response.writeHead(302, { location: "/elsewhere" }).end();
      else response.end(CONTENT);
    },
    { onProgress: (progress) => received.push(progress.received) },
  );
  expect("bytes" in result && Buffer.from(result.bytes).equals(CONTENT)).toBe(true);
  expect(received.at(-1)).toBe(CONTENT.length);
  expect(received).toEqual([...received].sort((a, b) => a - b));
});

test("a connection that breaks off or is refused, an answer that is too short or without end: the reason is said", async () => {
  const broken = await from((_, response) => {
    response.writeHead(200, { "content-length": CONTENT.length });
    response.write(CONTENT.subarray(0, 1000), () => response.destroy());
  });
  expect(failureOf(broken)).toMatch(/broke off|terminated|closed/);
  const short = await from((_, response) => response.end(CONTENT.subarray(0, 1000)));
  expect(failureOf(short)).toBe("1000 of 300000 bytes came");
  let sent = 0;
  const endless = await from((_, response) => {
    const more = (): void => {
      if (response.destroyed) return;
      sent += 1;
      response.write(CONTENT, () => setImmediate(more));
    };
    more();
  });
  expect(failureOf(endless)).toBe("more than 300000 bytes came");
  // Reading stopped soon after: the server was not listened to for ever.
  expect(sent).toBeLessThan(1000);
  expect(failureOf(await download("http://127.0.0.1:1/file.gz", FILE, {}))).toMatch(/refused|bad port/);
});

test("a server that falls silent is given up after the patience that is left to it", async () => {
  const mute = await from(() => undefined, { patience: 0.2 });
  expect(failureOf(mute)).toBe("nothing came for 0.2 s");
  const stalled = await from((_, response) => response.write(CONTENT.subarray(0, 1000)), { patience: 0.2 });
  expect(failureOf(stalled)).toBe("nothing came for 0.2 s");
});

test("one that is slow but never silent is not", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let signal: AbortSignal | null = null;
  let pieces = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        // Twenty of the thirty seconds pass before every piece, a hundred in all.
        vi.advanceTimersByTime(20_000);
        expect(signal!.aborted).toBe(false);
        controller.enqueue(CONTENT.subarray(60_000 * pieces, 60_000 * (pieces + 1)));
        if (++pieces === 5) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const result = await download("http://slow.test/file.gz", FILE, {
    patience: 30,
    fetcher: async (_, init) => {
      signal = init.signal;
      return new Response(body);
    },
  });
  expect(pieces).toBe(5);
  expect("bytes" in result).toBe(true);
});

test("a file that the server calls packed arrives unpacked, and that is said", async () => {
  const result = await from((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync(CONTENT.subarray(1)));
  });
  expect(failureOf(result)).toBe(
    "299999 of 300000 bytes came (the server had it unpacked on the way: content-encoding gzip)",
  );
});

test("a signal stops a download under way", async () => {
  const controller = new AbortController();
  const work = from((_, response) => response.write(CONTENT.subarray(0, 1000)), {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(work).rejects.toMatchObject({ code: "interrupted" });
});
