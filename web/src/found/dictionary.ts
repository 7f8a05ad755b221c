import { part } from '../i18n/part'

export const vi = {
  title: 'Khu theo bộ lọc',
  chip: 'Chỉ hiện {n} / {total} khu theo bộ lọc',
  list: 'Danh sách',
  clear: 'Hiện mọi khu',
  filters: 'Sửa bộ lọc',
  link: 'Chép liên kết',
  copied: 'Đã chép liên kết.',
  'copy.failed': 'Trình duyệt không cho chép; hãy chép từ thanh địa chỉ.',
  print: 'In',
  loading: 'Đang tìm khu…',
  failed: 'Không tải được: {why}',
  none: 'Không có khu nào theo bộ lọc.',
  free: 'Còn trống {ha} ha',
  'free.none': 'chưa rõ đất trống',
  fill: 'lấp đầy {percent} %',
  away: 'cách {km} km',
  'no.boundary': 'chưa có ranh',
  sum: 'Cộng: còn trống {ha} ha ở {n} khu',
  page: 'Hồ sơ {name}',
}

export const en: Record<keyof typeof vi, string> = {
  title: 'Zones that pass the filters',
  chip: 'Only {n} of {total} zones are shown',
  list: 'List',
  clear: 'Show all zones',
  filters: 'Change filters',
  link: 'Copy link',
  copied: 'The link was copied.',
  'copy.failed': 'The browser does not let us copy; copy it from the address bar.',
  print: 'Print',
  loading: 'Looking for zones…',
  failed: 'Cannot be loaded: {why}',
  none: 'No zone passes the filters.',
  free: '{ha} ha free',
  'free.none': 'free land not known',
  fill: '{percent} % filled',
  away: '{km} km away',
  'no.boundary': 'no boundary yet',
  sum: 'Together: {ha} ha free in {n} zones',
  page: 'Page of {name}',
}

/** The words of zones that pass the register's filters, on the map. */
export const say = part(vi, en)
