"""One heat map, or one sheet, of the cells of a run, as an analyst would write it: peer.py heat-map|sheet CELLS TARGET."""

import sys

import pandas

what, cells, target = sys.argv[1:]
table = pandas.read_csv(cells, dtype={"area_code": str, "sector_code": str})
if what == "heat-map":
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    gaps = table.pivot(index="area_name", columns="sector_name", values="share_gap_pp")
    figure, axes = pyplot.subplots(figsize=(12, 14))
    image = axes.imshow(gaps.to_numpy(), cmap="PuOr_r", vmin=-20, vmax=20, aspect="auto")
    axes.set_xticks(range(gaps.shape[1]), gaps.columns, rotation=90)
    axes.set_yticks(range(gaps.shape[0]), gaps.index)
    for row in range(gaps.shape[0]):
        for column in range(gaps.shape[1]):
            axes.text(column, row, f"{gaps.iat[row, column]:+.0f}", ha="center", va="center", fontsize=7)
    figure.colorbar(image)
    figure.tight_layout()
    figure.savefig(target)
else:
    with pandas.ExcelWriter(target, engine="xlsxwriter") as writer:
        table.to_excel(writer, sheet_name="cells", index=False)
