(function () {
  var pick = document.getElementById("pick-area");
  if (!pick) { return; }
  document.documentElement.classList.add("has-script");
  function choose() {
    var found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!found || !found.classList.contains("area")) { found = document.getElementById(pick.value); }
    Array.prototype.forEach.call(document.querySelectorAll(".area.chosen"), function (area) {
      area.classList.remove("chosen");
    });
    found.classList.add("chosen");
    pick.value = found.id;
  }
  pick.addEventListener("change", function () { location.hash = pick.value; });
  window.addEventListener("hashchange", choose);
  choose();
})();
