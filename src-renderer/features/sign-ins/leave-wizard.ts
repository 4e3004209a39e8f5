import { navigate } from '../../location'
import { choice, signIns } from './use-sign-ins'

/** Ends what is under way, forgets what was chosen, and goes to the accounts. */
export const leaveWizard = (): void => {
  void signIns.cancel()
  choice.reset()
  navigate('/accounts')
}
