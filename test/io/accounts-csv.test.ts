import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { type AccountsCsv, type AccountsCsvOptions, parseAccountsCsv, previewCsv } from '../../src/io/index.js';
import { prepareProblem } from '../../src/problem/prepare.js';

/** Rows of the columns, as plain values. */
function accountsOf({ columns, measures }: AccountsCsv): unknown[][] {
  return columns.id!.map((id, a) => [
    id,
    columns.lat[a],
    columns.lng[a],
    ...measures.map((name) => columns.activity![name]![a]),
    ...(columns.territory ? [columns.territory[a]] : []),
  ]);
}

const lines = (...rows: string[]): string => rows.join('\n');

describe('parseAccountsCsv', () => {
  it('reads a plain file', () => {
    const csv = parseAccountsCsv(lines('id,lat,lng,rep,hours', 'a,45.5,-70.25,Ann,3.5', 'b,46,-71,,0'));
    expect(accountsOf(csv)).toEqual([
      ['a', 45.5, -70.25, 3.5, 'Ann'],
      ['b', 46, -71, 0, null],
    ]);
    expect(csv).toMatchObject({
      guess: { delimiter: ',', decimal: '.', id: 'id', lat: 'lat', lng: 'lng', territory: 'rep', measures: ['hours'] },
      measures: ['hours'],
      skipped: [],
      lines: [2, 3],
    });
    expect(csv.columns.lat).toBeInstanceOf(Float64Array);
  });

  it('reads semicolons, decimal commas, grouped thousands and umlauts', () => {
    const csv = parseAccountsCsv(
      '\uFEFFKunde;Breite;Länge;Umsatz;PLZ;Außendienst\r\nA;48,13;11,57;1.234,50;01067;Böhm\r\nB;52,5;13,4;€ 900;10115;Iß\r\n',
    );
    expect(accountsOf(csv)).toEqual([
      ['A', 48.13, 11.57, 1234.5, 'Böhm'],
      ['B', 52.5, 13.4, 900, 'Iß'],
    ]);
    expect(csv.guess).toMatchObject({ delimiter: ';', decimal: ',', measures: ['Umsatz'] });
  });

  it('reads semicolons with decimal points', () => {
    const csv = parseAccountsCsv(lines('id;lat;lng;hours', 'a;48.13;11.57;1,234.5'));
    expect(accountsOf(csv)).toEqual([['a', 48.13, 11.57, 1234.5]]);
  });

  it('reads tabs, bars and the sep= line of spreadsheets', () => {
    for (const file of ['id\tlat\tlng\na\t1\t2', 'id|lat|lng\na|1|2', 'sep=;\nid;lat;lng\na;1;2']) {
      expect(accountsOf(parseAccountsCsv(file))).toEqual([['a', 1, 2]]);
    }
    expect(parseAccountsCsv('sep=;\nid;lat;lng\na;1;2').lines).toEqual([3]);
  });

  it('finds the delimiter by the coordinates when another sign is more frequent', () => {
    const csv = parseAccountsCsv(lines('Name (a, b, c, d);lat;lng', 'x, y, z, w, v;1,5;2,5'));
    expect(csv.guess.delimiter).toBe(';');
    expect(accountsOf(csv)).toEqual([['line 2', 1.5, 2.5]]);
  });

  it('counts lines inside quotes, blank lines, and any line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const csv = parseAccountsCsv(
        ['', 'id,lat,lng', '"a', ' ""quoted"", with', 'lines",1,2', '', '  , ,', 'b,x,2', 'c,3,4'].join(end),
      );
      expect(csv.columns.id).toEqual(['a\n "quoted", with\nlines', 'c']);
      expect(csv.lines).toEqual([3, 9]);
      expect(csv.skipped).toEqual([{ line: 8, column: 'lat', value: 'x', reason: 'is not a number of degrees' }]);
    }
  });

  it.each([
    ['a,,2,1', 'lat', '', 'is missing'],
    ['a,1,,1', 'lng', '', 'is missing'],
    ['a', 'lat', '', 'is missing'],
    ['a,90.5,2,1', 'lat', '90.5', 'is not between -90 and 90'],
    ['a,1,-180.5,1', 'lng', '-180.5', 'is not between -180 and 180'],
    ['a,NaN,2,1', 'lat', 'NaN', 'is not a number of degrees'],
    ['a,Infinity,2,1', 'lat', 'Infinity', 'is not a number of degrees'],
    ['a,1,1e999,1', 'lng', '1e999', 'is not between -180 and 180'],
    ['a,0x10,2,1', 'lat', '0x10', 'is not a number of degrees'],
    ["a,45°30',2,1", 'lat', "45°30'", 'is not a number of degrees'],
    ['a,0,0,1', 'lat', '0', 'is missing: latitude and longitude are both 0'],
    ['a,1,2,-1', 'hours', '-1', 'is negative'],
    ['a,1,2,n/a', 'hours', 'n/a', 'is not a number with a decimal point'],
    ['a,1,2,"1,5"', 'hours', '1,5', 'is not a number with a decimal point'],
    ['a,1,2,1e999', 'hours', '1e999', 'is not a number with a decimal point'],
    ['ok,1,2,1', 'id', 'ok', 'is also the id on line 2'],
    ['a,1,2,3,4', null, 'a', 'has 5 cells under 4 columns'],
    ['"a"b,1,2,3', null, 'a"b,1,2,3', 'has text behind a closing quote'],
    ['"a,1,2,3', null, 'a,1,2,3', 'has a quote that is never closed'],
  ])('lists the row %s', (row, column, value, reason) => {
    const csv = parseAccountsCsv(lines('id,lat,lng,hours', 'ok,1.5,2,3', row), { measures: ['hours'] });
    expect(csv.columns.id).toEqual(['ok']);
    expect(csv.skipped).toHaveLength(1);
    expect(csv.skipped[0]).toMatchObject({ line: 3, column, reason });
    expect(csv.skipped[0]!.value).toContain(value);
  });

  it('takes a blank amount as 0 and empty cells behind the last column', () => {
    const csv = parseAccountsCsv(lines('id,lat,lng,hours', 'a,1,2,', 'b,1,2', 'c,1,2,3,,'), { measures: ['hours'] });
    expect(accountsOf(csv).map((row) => row[3])).toEqual([0, 0, 3]);
    expect(csv.skipped).toEqual([]);
  });

  it('names accounts without an id by their line', () => {
    expect(parseAccountsCsv(lines('lat,lng', '1,2', '', '3,4')).columns.id).toEqual(['line 2', 'line 4']);
    expect(parseAccountsCsv(lines('id,lat,lng', ',1,2', 'b,1,2')).columns.id).toEqual(['line 2', 'b']);
  });

  it('takes names as ids only when every one is different', () => {
    expect(parseAccountsCsv(lines('name,lat,lng', 'x,1,2', 'y,3,4')).guess.id).toBe('name');
    const repeated = parseAccountsCsv(lines('name,lat,lng', 'x,1,2', 'x,3,4'));
    expect(repeated.guess.id).toBeNull();
    expect(repeated.lines).toHaveLength(2);
  });

  it('keeps a measure with some bad values and lists their rows', () => {
    const csv = parseAccountsCsv(lines('id,lat,lng,hours', 'a,1,2,3', 'b,1,3,4', 'c,1,4,n/a', 'd,1,5,6'));
    expect(csv.measures).toEqual(['hours']);
    expect(csv.skipped).toEqual([
      { line: 4, column: 'hours', value: 'n/a', reason: 'is not a number with a decimal point' },
    ]);
  });

  it('lets options override every guess', () => {
    const file = lines('id;lat;lng;a;b;who;team', '1;10;20;1,5;2;Ann;x', '2;11;21;2,5;3;Bob;x');
    const csv = parseAccountsCsv(file, {
      id: null,
      lat: 'lng',
      lng: 'lat',
      territory: 'who',
      group: 'team',
      measures: ['b'],
      decimal: ',',
      delimiter: ';',
    });
    expect(accountsOf(csv)).toEqual([
      ['line 2', 20, 10, 2, 'Ann'],
      ['line 3', 21, 11, 3, 'Bob'],
    ]);
    expect(csv.columns.group).toEqual(['x', 'x']);
    expect(parseAccountsCsv(file, { territory: 'a' }).guess.measures).toEqual(['b']);
    expect(parseAccountsCsv(lines('lat,lng,rep', '1,2,Ann'), { territory: null }).columns).not.toHaveProperty(
      'territory',
    );
  });

  it.each([
    ['options.lat', { lat: 'latitude' }],
    ['options.id', { id: 'constructor' }],
    ['options.group', { group: 'x' }],
    ['options.measures[1]', { measures: ['hours', 'x'] }],
    ['options.measures[1]', { measures: ['hours', 'hours'] }],
    ['options.lng', { lng: 'lat' }],
    ['options.decimal', { decimal: ';' }],
    ['options.delimiter', { delimiter: '' }],
    ['options.delimiter', { delimiter: '"' }],
    ['options.maxRows', { maxRows: 0 }],
    ['options.maxRows', { maxRows: Number.NaN }],
    ['options.color', { color: 'red' }],
  ])('rejects %s of %j', (path, options) => {
    expect(() => parseAccountsCsv('id,lat,lng,hours\na,1,2,3', options as AccountsCsvOptions)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', details: expect.objectContaining({ path }) }),
    );
  });

  it.each([
    ['', 'csv', 'at least one row'],
    ['\n\n', 'csv', 'at least one row'],
    ['id,lat,lng\n', 'csv', 'at least one row'],
    ['name,city\na,b', 'csv.lat', 'its columns are "name", "city"'],
    ['name,lat\na,1', 'csv.lng', 'its columns are "name", "lat"'],
    ['id,lat,lng\na,,\nb,1,999', 'csv', 'line 2: lat "" is missing; its columns are "id", "lat", "lng"'],
  ])('rejects %j', (file, path, message) => {
    expect(() => parseAccountsCsv(file)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(message),
        details: expect.objectContaining({ path }),
      }),
    );
  });

  it('caps rows and columns', () => {
    const file = lines('lat,lng', '1,2', '3,4', '5,6');
    expect(parseAccountsCsv(file, { maxRows: 3 }).lines).toHaveLength(3);
    expect(parseAccountsCsv(`${file}\n`, { maxRows: 3 }).lines).toHaveLength(3);
    expect(() => parseAccountsCsv(file, { maxRows: 2 })).toThrow('csv.rows must be at most 2');
    expect(() => parseAccountsCsv(lines('lat,lng', '1,2', '', '', '', '', '3,4'), { maxRows: 2 })).toThrow('csv.rows');
    expect(() => parseAccountsCsv(`lat,lng${','.repeat(3_000)}\n1,2`)).toThrow('csv.columns must be at most 2000');
  });

  it('keeps columns apart that share a name or have none', () => {
    const csv = parseAccountsCsv(lines('lat,lng,hours,hours,,', '1,2,3,4,5,6'));
    expect(previewCsv(lines('lat,lng,hours,hours,,', '1,2,3,4,5,6')).header).toEqual([
      'lat',
      'lng',
      'hours',
      'hours (2)',
      'column 5',
      'column 6',
    ]);
    expect(csv.measures).toEqual(['hours', 'hours (2)', 'column 5', 'column 6']);
  });

  it('keeps hostile names as names', () => {
    const csv = parseAccountsCsv(
      lines(
        'id,lat,lng,__proto__,constructor,rep',
        '<img src=x onerror=alert(1)>,45,-70,1,2,__proto__',
        '__proto__,45,-70,3,4,<b>',
      ),
    );
    expect(Object.keys(csv.columns.activity!)).toEqual(['__proto__', 'constructor']);
    expect(csv.columns.id).toEqual(['<img src=x onerror=alert(1)>', '__proto__']);
    const problem = prepareProblem({ accounts: csv.columns, resolution: 5, territories: 1 });
    expect(problem.measures).toEqual(['__proto__', 'constructor']);
    expect([...problem.accountActivity!]).toEqual([1, 3, 2, 4]);
  });

  it('gives back the accounts of any table that was written as CSV', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => value.replace(/\r/g, '').trim());
    const account = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }).filter((value) => value !== 0),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
      hours: fc.double({ min: 0, max: 1e12, noNaN: true }),
      rep: text.filter((value) => value !== ''),
    });
    const table = fc.tuple(
      fc.array(account, { minLength: 1 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
    );
    fc.assert(
      fc.property(table, ([accounts, delimiter, newline]) => {
        const rows = accounts.map(({ lat, lng, hours, rep }, a) => ({ id: `#${a}`, lat, lng, hours, rep }));
        const options = {
          id: 'id',
          lat: 'lat',
          lng: 'lng',
          territory: 'rep',
          measures: ['hours'],
          decimal: '.',
        } as const;
        const csv = parseAccountsCsv(Papa.unparse(rows, { delimiter, newline }), options);
        expect(csv.skipped).toEqual([]);
        expect(accountsOf(csv)).toEqual(
          rows.map(({ id, lat, lng, hours, rep }) => [id, lat + 0, lng + 0, hours + 0, rep]),
        );
      }),
    );
  });

  it('accounts for every row that is not blank, whatever the text', () => {
    const cell = fc.constantFrom('', ' ', '1', '45,5', '"', '"a"', 'x', '-200', '\n', ',', ';', '\r\n', '\t');
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
        const file = `lat,lng,id\n1,2,first\n${cells.join('')}`;
        const csv = parseAccountsCsv(file);
        const seen = [...csv.lines, ...csv.skipped.map(({ line }) => line)].sort((a, b) => a - b);
        const last = file.split(/\r\n?|\n/).length;
        expect(seen[0]).toBe(2);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.every((line) => line >= 2 && line <= last)).toBe(true);
        const covered = new Set(seen);
        // A line that holds text but starts no row is inside the quotes of a row above it.
        const quoted = file.includes('"');
        file.split(/\r\n?|\n/).forEach((line, i) => {
          if (i > 0 && !quoted && line.replace(/[,\s]/g, '') !== '') expect(covered.has(i + 1)).toBe(true);
        });
      }),
    );
  });
});
