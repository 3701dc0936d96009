"""The same intervals by pysal's segregation, an area at a time: FOLDER DRAWS AREAS. Prints wall and CPU
seconds.

Its bootstrap draws both groups over the sectors and gives a mean, not a percentile interval.
"""

import sys
import time
import warnings

import pandas as pd
from numpy_bootstrap import table
from segregation.singlegroup import BiasCorrectedDissim

warnings.simplefilter("ignore")


def main():
    folder, draws, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    provision = table(f"{folder}/provision.csv")[1]
    demand = table(f"{folder}/demand.csv")[1]
    start, cpu = time.perf_counter(), time.process_time()
    for area in range(limit):
        frame = pd.DataFrame({"group": provision[area], "total": provision[area] + demand[area]})
        BiasCorrectedDissim(frame, group_pop_var="group", total_pop_var="total", B=draws)
    print(time.perf_counter() - start, time.process_time() - cpu)


if __name__ == "__main__":
    main()
