// The files of a dossier as programs of other people write them, made by hand from the descriptions of their formats, and
// dropped on the page as a person would.
import { archive } from '../zip.js';

/** Drops files on the page. */
export async function drop(page, files) {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, bytes } of list) data.items.add(new File([new Uint8Array(bytes)], name));
    return data;
  }, files.map(({ name, content }) => ({ name, bytes: [...Buffer.from(content)] })));
  await page.dispatchEvent('[data-testid="map"]', 'dragenter', { dataTransfer: transfer });
  await page.getByTestId('drop-zone').waitFor();
  await page.dispatchEvent('[data-testid="map"]', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('[data-testid="map"]', 'drop', { dataTransfer: transfer });
}

const boxOf = (ring) => [Math.min, Math.max].flatMap((most) => [0, 1].map((axis) => most(...ring.map((place) => place[axis]))));

function header(words, box) {
  const bytes = Buffer.alloc(100);
  bytes.writeInt32BE(9994, 0);
  bytes.writeInt32BE(words, 24);
  bytes.writeInt32LE(1000, 28);
  bytes.writeInt32LE(5, 32);
  box.forEach((value, at) => bytes.writeDoubleLE(value, 36 + at * 8));
  return bytes;
}

/** The .shp and .shx of polygons of one ring each (ESRI's white paper of 1998); shells go clockwise. */
export function shapefile(rings) {
  const closed = rings.map((ring) => [...ring, ring[0]].toReversed());
  const records = closed.map((ring, at) => {
    const bytes = Buffer.alloc(8 + 48 + ring.length * 16);
    bytes.writeInt32BE(at + 1, 0);
    bytes.writeInt32BE((bytes.length - 8) / 2, 4);
    bytes.writeInt32LE(5, 8);
    boxOf(ring).forEach((value, index) => bytes.writeDoubleLE(value, 12 + index * 8));
    bytes.writeInt32LE(1, 44);
    bytes.writeInt32LE(ring.length, 48);
    ring.flat().forEach((value, index) => bytes.writeDoubleLE(value, 56 + index * 8));
    return bytes;
  });
  let offset = 50;
  const index = records.map((record) => {
    const line = Buffer.alloc(8);
    line.writeInt32BE(offset, 0);
    line.writeInt32BE((record.length - 8) / 2, 4);
    offset += record.length / 2;
    return line;
  });
  const box = boxOf(closed.flat());
  return { shp: Buffer.concat([header(offset, box), ...records]), shx: Buffer.concat([header(50 + index.length * 4, box), ...index]) };
}

/** A dBASE III table with columns of texts; the bytes of the texts are what they are given as. */
export function table(columns, rows, width = 40) {
  const head = Buffer.alloc(32 + columns.length * 32 + 1);
  head.set([3, 126, 1, 1]);
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + columns.length * width, 10);
  columns.forEach((name, at) => {
    head.write(name, 32 + at * 32, 'latin1');
    head.write('C', 43 + at * 32, 'latin1');
    head.writeUInt8(width, 48 + at * 32);
  });
  head.writeUInt8(0x0d, head.length - 1);
  const lines = rows.map((row) => Buffer.concat([Buffer.from(' '), ...row.map((text) => Buffer.concat([text, Buffer.alloc(width - text.length, ' ')]))]));
  return Buffer.concat([head, ...lines, Buffer.from([0x1a])]);
}

/** TCVN3's bytes for the letters of these texts (TCVN 5712:1993, VN3). */
const TCVN3 = { Đ: 0xa7, ụ: 0xf4, ồ: 0xe5, ọ: 0xe4, ệ: 0xd6, ạ: 0xb9 };
export const tcvn3 = (text) => Buffer.from([...text].map((letter) => TCVN3[letter] ?? letter.charCodeAt(0)));

/** A workbook with one sheet of texts and numbers (ECMA-376). */
export function workbook(rows) {
  const cell = (value) => (typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`);
  const sheet = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const part = 'http://schemas.openxmlformats.org/package/2006';
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const xml = (text) => `<?xml version="1.0" encoding="UTF-8"?>${text}`;
  return archive([
    ['[Content_Types].xml', xml(`<Types xmlns="${part}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`)],
    ['_rels/.rels', xml(`<Relationships xmlns="${part}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)],
    ['xl/workbook.xml', xml(`<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Bảng kê tọa độ" sheetId="1" r:id="r1"/></sheets></workbook>`)],
    ['xl/_rels/workbook.xml.rels', xml(`<Relationships xmlns="${part}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)],
    ['xl/worksheets/sheet1.xml', xml(`<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`)],
  ]);
}

/** A MapInfo interchange file of polygons on a plane that it does not name. */
export function mapinfo(rings) {
  const region = (ring) => `Region 1\n  ${ring.length + 1}\n${[...ring, ring[0]].map(([x, y]) => `${x} ${y}`).join('\n')}\n`;
  return {
    mif: `Version 300\nCharset "Neutral"\nDelimiter ","\nCoordSys NonEarth Units "m" Bounds (0, 0) (10000000, 10000000)\nColumns 1\n  Code Char(8)\nData\n\n${rings.map(region).join('')}`,
    mid: rings.map(() => '"SKN"\n').join(''),
  };
}
