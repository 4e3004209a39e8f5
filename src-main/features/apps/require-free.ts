import type { AppForm } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import type { AppRecord } from './apps-document'

/** A folder of a server belongs to one app. @throws Failure `folder-refused` */
export const requireFree = (
  apps: readonly Pick<AppRecord, 'id' | 'name' | 'serverId' | 'folder'>[],
  form: Pick<AppForm, 'id' | 'serverId'>,
  folder: string,
): void => {
  const twin = apps.find((app) => app.id !== form.id && app.serverId === form.serverId && app.folder === folder)
  if (twin !== undefined) throw new Failure('folder-refused', { path: folder, why: 'in-use', usedBy: twin.name })
}
