import { part } from '../i18n/part'

export const vi = {
  title: 'Máy chủ cần biết ai ghi',
  lead: 'Việc này ghi vào kho dữ liệu. Máy chủ chỉ nhận của người có mã truy cập.',
  field: 'Mã truy cập',
  note: 'Mã do người quản trị máy chủ cấp. Trang này giữ mã trong bộ nhớ tới khi đóng hoặc tải lại, không ghi ra đĩa.',
  wrong: 'Máy chủ không nhận mã vừa gõ.',
  send: 'Tiếp tục với mã này',
  without: 'Bỏ qua',
}

export const en: Record<keyof typeof vi, string> = {
  title: 'The server asks who is writing',
  lead: 'This writes into the store. The server takes it only from somebody with a token.',
  field: 'Token',
  note: 'The administrator of the server hands tokens out. This page keeps it in memory until it is closed or loaded again, never on disk.',
  wrong: 'The server does not know the token that was typed.',
  send: 'Go on with this token',
  without: 'Go on without',
}

/** The words for asking who writes. */
export const say = part(vi, en)
