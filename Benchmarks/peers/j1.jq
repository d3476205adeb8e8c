# J1 in jq: jq -nRr -f j1.jq FILE
[inputs | fromjson? | objects | [(.ts / 1000 | floor), .type, .latency_ms, .device]]
| (group_by([.[0], .[1]])[] | (map(.[2]) | sort) as $v | ($v | length) as $n
    | ["by_type", .[0][0] * 1000, .[0][1], $n, ($v | add) / $n, $v[($n * 0.99 | ceil) - 1]]),
  (group_by(.[3])[] | ["by_device", .[0][3], length])
| map(tostring) | join(",")
