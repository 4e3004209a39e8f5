import { back, replace } from '../../location'
import type { Params } from '../../route'
import { serverPlace } from './run-action'
import { ServerForm } from './server-form'

/** "Add server", as a panel. From "New app" (`?return=`) it goes back there, else to the server's checks. */
export const NewServerPage = ({ params }: { readonly params: Params }) => (
  <ServerForm
    server={null}
    onDone={({ id }) => (params.return === undefined ? replace(serverPlace(id)) : back())}
    onClose={back}
  />
)
