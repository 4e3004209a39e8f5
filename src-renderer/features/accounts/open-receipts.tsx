import { useState } from 'react'
import type { Receipt } from '../../../src-preload/contract/entities/account'
import { reportFailure } from '../../failures/report-failure'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import style from './account-list.module.css'
import { openSteps, ReceiptView } from './receipt-view'
import { accounts, useAccounts } from './use-accounts'
import { words } from './words'

/** Revocations that are not finished yet, above the list, until a person puts them away. */
export const OpenReceipts = () => {
  const receipts = useAccounts((state) => state.receipts)
  const [shown, setShown] = useState<Receipt | null>(null)
  if (receipts.length === 0) return null
  return (
    <div className={style.receipts}>
      {receipts.map((receipt) => (
        <Banner
          key={receipt.accountId}
          tone="warn"
          title={words.receiptOpenTitle(receipt.login)}
          actions={
            <>
              <Button small onClick={() => setShown(receipt)}>
                {words.showReceipt}
              </Button>
              <Button
                small
                look="quiet"
                onClick={() => void accounts.dismissReceipt(receipt.accountId).catch(reportFailure)}
              >
                {words.dismiss}
              </Button>
            </>
          }
        >
          {words.receiptOpen(openSteps(receipt).length)}
        </Banner>
      ))}
      <Dialog
        open={shown !== null}
        title={shown === null ? '' : words.receiptOpenTitle(shown.login)}
        size={520}
        onClose={() => setShown(null)}
      >
        {shown !== null && <ReceiptView receipt={shown} />}
        <DialogButtons>
          <Button look="primary" onClick={() => setShown(null)} data-autofocus>
            {words.close}
          </Button>
        </DialogButtons>
      </Dialog>
    </div>
  )
}
