# The last lines: nothing but a call of a webhook runs before the whole file has been read.
case ${1:-} in
run | listen | supervise | ssh) ;;
# A shell may have printed something of its own at login; what counts comes after this.
*) printf '\0' ;;
esac
case ${1:-} in
check) check ;;
outbound) outbound ;;
install-receiver) install_receiver ;;
make-key) make_key ;;
remove-key) remove_key ;;
authorize) authorize ;;
trial) trial ;;
folder)
  take
  look_at_folder
  finish
  ;;
configure) configure ;;
submit) submit ;;
run) run "$2" "$3" ;;
status) status ;;
history) history ;;
read) read_deploy ;;
follow) follow ;;
cancel) cancel ;;
commits) commits ;;
journal) listen_in ;;
receiver-apply) receiver_apply ;;
receiver-status) receiver_status ;;
receiver-stop)
  receiver_stop
  finish
  ;;
listen) listen_now ;;
supervise) supervise ;;
tick) tick ;;
set-hook) set_hook ;;
drop-hook) drop_hook ;;
hook-log) hook_log ;;
remnants) remnants ;;
remove-app) remove_app ;;
remove-all) remove_all ;;
ssh)
  shift
  ssh_for_git "$@"
  ;;
*) exit 2 ;;
esac
