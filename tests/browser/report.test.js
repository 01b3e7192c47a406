// The report page in a real browser: what a leader does with it, by mouse and by keyboard.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "../..");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let directory;
let browser;
let page;
const requests = [];
const complaints = [];

before(async () => {
  directory = mkdtempSync(join(tmpdir(), "zhenzhang-browser-"));
  // ZHENZHANG names a program that is built already, such as a release.
  const built = process.env.ZHENZHANG;
  const cargo = ["run", "--quiet", "--package", "cli", "--"];
  const demo = ["demo", "--out", directory];
  const [program, words] = built ? [built, demo] : ["cargo", [...cargo, ...demo]];
  execFileSync(program, words, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  browser = await chromium.launch({ executablePath: browserPath, args: quiet });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(pathToFileURL(join(directory, "report.html")).href);
});

after(async () => {
  await browser?.close();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

const verdicts = () => JSON.parse(readFileSync(join(directory, "verdicts.json"), "utf8"));

test("every claim of the report is a marked spot, and none is refuted", async () => {
  const words = new Set(verdicts().verdicts.map((v) => v.start));
  assert.equal(await page.locator(".claim[data-verdict=proven]").count(), words.size);
  assert.equal(await page.locator(".claim[data-verdict=refuted]").count(), 0);
});

test("a click opens verdict, meaning, window and the records behind it", async () => {
  await page.getByRole("button", { name: "105起" }).click();
  const panel = page.getByRole("dialog");
  await panel.waitFor();
  const text = await panel.innerText();
  for (const part of ["已证实", "口径", "105 起", "2023年", "共 105 条"]) {
    assert.ok(text.includes(part), `the panel lacks ${part}: ${text.slice(0, 400)}`);
  }
  assert.ok((await panel.locator("tbody tr").count()) > 10);
});

test("persons stand by their number in the panel, and by no name or ID in the whole file", async () => {
  await page.getByRole("button", { name: "337户" }).click();
  const text = await page.getByRole("dialog").innerText();
  assert.match(text, /人员编号/);
  const file = readFileSync(join(directory, "report.html"), "utf8");
  const names = file.match(/[\u4e00-\u9fff]某[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]/g);
  assert.deepEqual(names, null);
  assert.deepEqual(file.match(/999999\d{11}[\dX]/g), null);
});

test("Escape closes the panel and gives the focus back", async () => {
  const spot = page.getByRole("button", { name: "105起" });
  await spot.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByRole("dialog").isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").isVisible(), false);
  assert.equal(await spot.evaluate((node) => node === document.activeElement), true);
});

test("next walks through the claims, and a filter dims the others", async () => {
  await page.getByRole("button", { name: "下一处" }).click();
  assert.equal(await page.getByRole("dialog").isVisible(), true);
  await page.keyboard.press("Escape");
  const filter = page.locator(".filter").first();
  await filter.click();
  assert.equal(await filter.getAttribute("aria-pressed"), "true");
  await filter.click();
});

test("the page of a text without a ledger marks its findings, and its list leads to them", async () => {
  // A directory of its own, since a database beside the text would be asked.
  const empty = join(directory, "first-look");
  mkdirSync(empty);
  const text = join(empty, "总结.txt");
  const out = join(empty, "核稿.html");
  const line = "受理信访事项64件，办结60件，正在办理3件，我镇精心布署防汛。\n";
  writeFileSync(text, `青石镇2023年工作总结\n${"排查隐患105起。\n".repeat(40)}${line}`);
  const built = process.env.ZHENZHANG;
  const check = ["check", text, "--html", out];
  const [program, words] = built
    ? [built, check]
    : ["cargo", ["run", "--quiet", "--package", "cli", "--", ...check]];
  // It contradicts itself, which is exit code 1.
  spawnSync(program, words, { cwd: built ? empty : root, stdio: "ignore" });
  const other = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await other.goto(pathToFileURL(out).href);
  assert.equal(await other.locator(".claim, .figure").count(), 0);
  const marks = await other.locator(".found[data-verdict]").count();
  assert.ok(marks >= 2, `${marks} marks`);
  const link = other.locator(".jump").first();
  const name = await link.getAttribute("href");
  await link.click();
  const panel = other.getByRole("dialog");
  assert.equal(await panel.isVisible(), true);
  assert.match(await panel.innerText(), /自相矛盾/);
  const seen = await other.locator(name).evaluate((node) => {
    const box = node.getBoundingClientRect();
    return box.top > 0 && box.bottom < window.innerHeight && node === document.activeElement;
  });
  assert.ok(seen, "the words that the list leads to are not in sight");
  await other.locator(".filter.doubt").click();
  assert.equal(await other.locator(".found.wrong:not(.dim)").count(), 0);
  assert.equal(await other.locator(".found.doubt.dim").count(), 0);
  await other.getByText("布署").first().click();
  assert.match(await panel.innerText(), /核稿提示/);
  await other.close();
});

test("the page is one file: it asks the network for nothing and reports no error", () => {
  assert.deepEqual(requests.filter((url) => !url.startsWith("file:")), []);
  assert.deepEqual(complaints, []);
});

test("on a narrow screen nothing runs out of the page", async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(over <= 0, `${over} pixels too wide`);
});
