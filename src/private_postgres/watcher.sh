# Waits until its input closes: that is when the process that started it ends, even after kill -9.
# Then stops the server if it still runs, and removes a throwaway folder.
# $1: cluster, $2: signal, $3 and further: folders to remove
trap '' HUP
cluster=$1 signal=$2
shift 2
read -r _
if read -r pid <"$cluster/postmaster.pid"; then
  # The process id may belong to another program by now, so its arguments must name the cluster.
  if [ -r "/proc/$pid/cmdline" ]; then
    arguments=$(tr '\0' ' ' <"/proc/$pid/cmdline")
  else
    arguments=$(ps -ww -o args= -p "$pid")
  fi
  case "$arguments" in
    *"$cluster"*)
      kill -s "$signal" "$pid"
      while kill -0 "$pid" && [ -e "$cluster/postmaster.pid" ]; do sleep 0.1; done
      ;;
  esac
fi
[ $# -eq 0 ] || rm -rf "$@"
