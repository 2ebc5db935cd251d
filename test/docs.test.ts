import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(file));
const pages = files.filter((file) => file.endsWith(".md"));

/** Targets of Markdown links and of HTML src, srcset and href, without code blocks. */
function links(text: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```/g, "").replaceAll(/`[^`\n]*`/g, "");
  const markdown = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((m) => m[1]!);
  const html = [...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map((m) => m[1]!);
  return [...markdown, ...html];
}

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function anchors(text: string): Set<string> {
  const prose = text.replaceAll(/```[\s\S]*?```/g, "");
  return new Set([...prose.matchAll(/^#{1,6}\s+(.*)$/gm)].map((m) => anchor(m[1]!)));
}

function brokenLinks(file: string, text: string): string[] {
  return links(text).filter((target) => {
    if (/^(https?:|mailto:)/.test(target)) return false;
    const [path, hash] = target.split("#") as [string, string | undefined];
    const page = path === "" ? file : join(dirname(file), path);
    if (!existsSync(page)) return true;
    return hash !== undefined && page.endsWith(".md") && !anchors(readFileSync(page, "utf8")).has(hash);
  });
}

describe("documentation", () => {
  it.each(pages)("%s has no dead link", (file) => {
    expect(brokenLinks(file, readFileSync(file, "utf8"))).toEqual([]);
  });

  it("the link check sees a missing file and a missing heading", () => {
    expect(brokenLinks("README.md", "[a](docs/nowhere.md) [b](#no-such-heading)")).toHaveLength(2);
    expect(brokenLinks("README.md", "[a](CHANGELOG.md) [b](https://example.org)")).toEqual([]);
  });

  it("no file names a folder above the project", () => {
    // Written in two parts, so that this file does not name one either.
    const outside = new RegExp(["\\.\\./sha", "red|/wo", "rk/"].join(""));
    const text = files.filter((file) => /\.(ts|mjs|js|json|md|svg|html|csv|sh)$|\.ci\/run$/.test(file));
    const found = text.filter((file) => outside.test(readFileSync(file, "utf8")));
    expect(found).toEqual([]);
  });
});
