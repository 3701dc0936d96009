# R data.table reads the demand file: Rscript ingest.R TASK FILE THREADS.
suppressMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)
setDTthreads(as.integer(arguments[3]))
keys <- c("GEOGRAPHY_CODE", "OCCUPATION_CODE")
frame <- fread(
  arguments[2], select = c(keys, "MEASURES_NAME", "OBS_VALUE", "OBS_STATUS"),
  colClasses = list(character = keys), showProgress = FALSE)
counts <- frame[MEASURES_NAME == "Value" & OBS_STATUS == "A", .(n = sum(OBS_VALUE)), by = keys]
stopifnot(nrow(counts) == 7264 * 412)
if (arguments[1] == "whole") {
  demand <- as.matrix(dcast(counts, GEOGRAPHY_CODE ~ OCCUPATION_CODE, value.var = "n")[, -1])
  provision <- matrix(0, 7264, 412)
  place <- 0:7263
  provision[cbind(place + 1, place %% 412 + 1)] <- 10 + place %% 50
  stopifnot(sum(demand) == sum(counts$n))
  gaps <- provision / rowSums(provision) - demand / rowSums(demand)
  cat(format(c(sum(rowSums(abs(gaps)) / 2), sum(demand)), digits = 17), "\n")
}
