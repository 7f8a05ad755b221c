import { part } from '../i18n/part'

export const vi = {
  'order.title': 'Thứ tự vẽ, trên cùng trước',
  'order.up': 'Đưa {name} lên trên',
  'order.down': 'Đưa {name} xuống dưới',
  'order.moved': '{name}: vị trí {n} từ trên',
  'order.reset': 'Về thứ tự thường lệ',
  'colours.title': 'Màu loại đất',
  'colours.usual': 'Theo quy định',
  'colours.safe': 'Dễ phân biệt cho người mù màu',
  'colours.note': '14 nhóm đất; mã đất vẫn ghi trên từng thửa.',
  'only.title': 'Chỉ vẽ các mã',
  'only.all': 'Vẽ mọi mã',
  'only.none': 'Chọn mã trong khung nhìn để chỉ vẽ các thửa đó.',
}

export const en: Record<keyof typeof vi, string> = {
  'order.title': 'Drawing order, the topmost first',
  'order.up': 'Move {name} up',
  'order.down': 'Move {name} down',
  'order.moved': '{name}: place {n} from the top',
  'order.reset': 'Back to the usual order',
  'colours.title': 'Colours of land use',
  'colours.usual': 'As prescribed',
  'colours.safe': 'Easy to tell apart for colour-blind readers',
  'colours.note': '14 kinds of land; every parcel keeps its code as a label.',
  'only.title': 'Draw these codes alone',
  'only.all': 'Draw every code',
  'only.none': 'Choose codes in view to draw their parcels alone.',
}

/** The words of how layers are drawn. */
export const say = part(vi, en)
