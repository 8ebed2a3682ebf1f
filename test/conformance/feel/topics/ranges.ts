import { lines } from '../lines.ts';
import type { Group } from '../player.ts';

const groups: Group[] = [
  {
    topic: 'ranges',
    variables: '{"a":1,"b":5,"n":null}',
    expressions: lines`
      before(1, 10)
      before(10, 1)
      before(1, [1..10])
      before(1, (1..10])
      before([1..10], 10)
      before([1..10), 10)
      before([1..10], [15..20])
      before([1..10], [10..20])
      before([1..10), [10..20])
      before("a", "b")
      before(date("2020-01-01"), date("2020-01-02"))
      before(1, "a")
      before(null, 1)
      after(10, 5)
      after(5, 10)
      after(12, [2..5])
      after([11..20], [1..11)
      after([11..20], [1..11))
      after([11..20], [1..11])
      meets([1..5], [5..10])
      meets([1..5), [5..10])
      met by([5..10], [1..5])
      met by([5..10], [1..5))
      overlaps([1..5], [3..8])
      overlaps([1..5], [6..8])
      overlaps([1..5], [5..8])
      overlaps([1..5), [5..8])
      overlaps before([1..5], [3..8])
      overlaps before([1..5], [6..8])
      overlaps before([1..5], [1..8])
      overlaps before([1..5], [1..5])
      overlaps before([1..5), (1..5])
      overlaps after([3..8], [1..5])
      overlaps after([5..8], [1..5])
      overlaps after([1..5], [1..5])
      finishes(5, [1..5])
      finishes(5, [1..5))
      finishes([3..5], [1..5])
      finishes([1..5], [1..5])
      finishes([1..5), [1..5])
      finished by([1..5], 5)
      finished by([1..5], [3..5])
      finished by([1..5], (1..5])
      includes([1..10], 4)
      includes([1..10], 10)
      includes([1..10), 10)
      includes([1..10], [4..6])
      includes([1..10], [1..10])
      includes((1..10), [1..10])
      during(4, [1..10])
      during([4..6], [1..10])
      during([1..10], (1..10))
      starts(1, [1..5])
      starts(1, (1..5])
      starts([1..3], [1..5])
      starts([1..5], [1..5])
      started by([1..5], 1)
      started by([1..5], [1..3])
      coincides(5, 5)
      coincides(3, 4)
      coincides([1..5], [1..5])
      coincides([1..5], (1..5])
      coincides(1, [1..1])
      coincides([1..1], 1)
      includes([a..b], 3)
      includes([b..a], 3)
      includes([n..b], 3)
      includes(range: [1..5], point: 3)
      before(point1: 1, point2: 2)
      before(range: [1..2], point: 3)
      [1..5] = [1..5]
      [1..5] != [1..5]
      [1..5].start
      [1..5].end
      [1..5].start included
      [1..5].end included
      r.start included
      r.end included
      r.start
      {r: [1..5]}.r
      {r: [1..5]}.r.start
      {r: [1..5], s: r.start}
      {r: (1..5), s: r.start included}
      [[1..5]][1]
      string([1..5])
      string((1..5))
      string([1..5))
      [1..5] instance of range
      [1..5][1]
      1 in [1..5]
      1 in [5..1]
      1 in 1..5
      [1..]
      [..5]
      (1..5
      1..5
      [1 .. 5]
      [a..b]
      [a+1..b*2]
      3 in [a..b]
      3 in (a..b)
      3 in [n..b]
      n in [a..b]
      "b" in ["a".."c"]
      3 in ["a".."c"]
      [date("2020-01-01")..date("2021-01-01")]
      duration("P1D") in [duration("PT1H")..duration("P2D")]
      duration("P1M") in [duration("P1D")..duration("P2D")]
      a in [1..3] and b in [4..6]
      not(a in [1..3])
      if a in [1..3] then "in" else "out"
      is defined([1..3])
      count([1..3])
      [1,2,3][item in [2..3]]
      for x in [1,2,3] return x in [2..3]
      some x in [1,2,3] satisfies x in (2..3]
      function(x) x in [1..3]
      {f: function(x) x in [1..3], r: f(2)}.r
    `,
  },
];

export default groups;
