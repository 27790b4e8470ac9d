import { describe, expect, it } from 'vitest';
import { escapeCss, escapeHtml, type Paper, paperHtml, sharesOf } from '../../renderer/parts/report/paper.ts';

const paper: Paper = {
  firm: 'Müller & Söhne <GmbH>',
  title: 'People "and" firms',
  asAt: 'As at 22/11/2026, 09:14',
  filters: ['City is <script>alert(1)</script>'],
  columns: [{ key: 'name', label: 'Name', share: 3 }, { key: 'total', label: 'Total', align: 'end' }],
  lines: [
    { kind: 'heading', cells: ['Dublin'] },
    { kind: 'line', cells: ['<img src=x onerror=alert(1)>', '1,234.00'], depth: 1 },
    { kind: 'subtotal', cells: ['Sum', '1,234.00'] },
    { kind: 'total', cells: ['Total', '1,234.00'] },
  ],
  notes: ['1 & only'],
  language: 'en',
  pageWords: ['Page ', ' of ', ''],
};

describe('a report on paper', () => {
  it('escapes every mark that could begin or end markup', () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;');
    expect(escapeHtml('plain 012 äöü ß 漢字 \u202e')).toBe('plain 012 äöü ß 漢字 \u202e');
    expect(escapeHtml('a\u0000b\u001bc')).toBe('a b c');
  });

  it('escapes text for style sheets so that a string cannot be left', () => {
    expect(escapeCss('a"b')).toBe('a\\22 b');
    expect(escapeCss('a\\')).toBe('a\\5c ');
    expect(escapeCss('x\n}')).not.toMatch(/[\n}]/);
    expect(escapeCss('</style>')).not.toContain('<');
  });

  it('lets no text from data become a tag', () => {
    const html = paperHtml(paper, true);
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
  });

  it('names the firm, what was filtered, when, and marks sums as accounts do', () => {
    const html = paperHtml(paper, false);
    expect(html).toContain('<p class="firm">Müller &amp; Söhne &lt;GmbH&gt;</p>');
    expect(html).toContain('As at 22/11/2026, 09:14');
    expect(html).toContain('<tr class="subtotal">');
    expect(html).toContain('<tr class="total">');
    expect(html).toContain('<td colspan="2">Dublin</td>');
    expect(html).toContain('<td class="end">1,234.00</td>');
  });

  it('gives columns the room that nearly all of their cells need', () => {
    const columns = [{ key: 'a', label: 'Id' }, { key: 'b', label: 'Name' }, { key: 'c', label: 'Long label' }];
    const rows = Array.from({ length: 100 }, (_, at) => ['1', at === 99 ? 'x'.repeat(500) : 'x'.repeat(20), '']);
    expect(sharesOf(columns, rows)).toEqual([5, 20, 10]);
    expect(sharesOf(columns, [])).toEqual([5, 5, 10]);
  });

  it('numbers the sheets itself only where nobody else does', () => {
    expect(paperHtml(paper, true)).toContain('counter(pages)');
    expect(paperHtml(paper, false)).not.toContain('counter(');
  });
});
