import { part } from '../i18n/part'

export const vi = {
  title: 'Nối từ QGIS và phần mềm khác',
  features: 'OGC API Features (QGIS: Thêm lớp OGC API)',
  layer: 'Lớp này, OGC API Features',
  tiles: 'Lớp này, ô vectơ (TileJSON)',
  xyz: 'Lớp này, ô vectơ theo z/x/y',
  project: 'Dự án QGIS với mọi lớp, đúng màu',
  copy: 'Chép: {name}',
  copied: 'Đã chép địa chỉ.',
  'copy.failed': 'Trình duyệt không cho chép; hãy chọn địa chỉ rồi chép bằng tay.',
  open: 'Tải dự án QGIS',
  source: 'Nguồn: {source}',
  asOf: 'số liệu tới {date}',
  revision: 'phiên bản r{n}',
  download: 'ranh.qgs',
}

export const en: Record<keyof typeof vi, string> = {
  title: 'Connect QGIS and others',
  features: 'OGC API Features (QGIS: add an OGC API layer)',
  layer: 'This layer, OGC API Features',
  tiles: 'This layer, vector tiles (TileJSON)',
  xyz: 'This layer, vector tiles by z/x/y',
  project: 'QGIS project with every layer in its colours',
  copy: 'Copy: {name}',
  copied: 'The address was copied.',
  'copy.failed': 'The browser does not let us copy; select the address and copy it by hand.',
  open: 'Download the QGIS project',
  source: 'Source: {source}',
  asOf: 'as of {date}',
  revision: 'version r{n}',
  download: 'ranh.qgs',
}

/** The words of addresses that are handed on. */
export const say = part(vi, en)
